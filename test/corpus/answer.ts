/** One answer that was given where the truth is known; `nothing` is no row, no button. */
export interface Answer {
  readonly asked: string;
  readonly truth: string;
  readonly answer: string;
  /** For people who want to look: where. */
  readonly where?: string;
}
