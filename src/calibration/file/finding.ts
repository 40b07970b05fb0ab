/** One thing that is wrong with a calibration file, before it becomes an error. */
export interface Finding {
  /** Where in the text, in UTF-16 code units after a byte-order mark. */
  readonly offset: number;
  readonly problem: string;
  readonly expected: string;
  readonly received: string;
  readonly hint?: string;
}

/** The same by its path in the data, for checks that have never seen the text. */
export interface PathFinding extends Omit<Finding, 'offset'> {
  readonly path: readonly PropertyKey[];
  /** The key is wrong, or its value is, or it should be there and is not. */
  readonly part: 'key' | 'value' | 'missing';
}
