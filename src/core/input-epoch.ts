/**
 * Counts the inputs sent to a target. The actuator advances it right before an input leaves; a frame carries the epoch
 * it was asked for in. A frame may prove an input's effect only when its epoch is that input's, or a later one.
 */
export class InputEpoch {
  #value = 0;

  get current(): number {
    return this.#value;
  }

  advance(): number {
    return ++this.#value;
  }
}
