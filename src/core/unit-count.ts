/** What counting takes of an event of a run's timeline. */
interface CountedEvent {
  readonly type: string;
  readonly intentId?: string | null;
  readonly record?: { readonly units: number };
}

/**
 * Counts the units of a run from its events, in their order. What a recovery has counted shows in the pictures of the step that it
 * interrupted, too, and counts once: a verdict adds what nothing else has added since its intent was first heard of.
 */
export class UnitCount {
  #units = 0;
  readonly #atIntent = new Map<string, number>();

  get units(): number {
    return this.#units;
  }

  /** How many it adds. */
  add({ type, intentId, record }: CountedEvent): number {
    if (intentId === undefined || intentId === null) return 0;
    if (!this.#atIntent.has(intentId)) this.#atIntent.set(intentId, this.#units);
    if (type !== 'step.verdict' || record === undefined) return 0;
    const added = Math.max(0, record.units - this.since(intentId));
    this.#units += added;
    return added;
  }

  /** What has been added, by whomever, since the intent was first heard of. */
  since(intentId: string): number {
    return this.#units - (this.#atIntent.get(intentId) ?? this.#units);
  }
}
