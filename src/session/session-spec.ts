/** A text typed into a field: as it stands, or by reference (`env:NAME`, `file:path` relative to the flow's folder). */
export interface FieldSpec {
  readonly selector: string;
  readonly value: string;
}

/** How an application's session is prepared, as data. Selectors are CSS, evaluated in the page: here a DOM still exists. */
export interface SessionSpec {
  /** Where the application starts. `--url` replaces it. */
  readonly url: string;
  /** Origins the page may navigate to; default: the url's own. */
  readonly allowedOrigins?: readonly string[];
  /** A banner that has to be accepted: when `when` is visible, `accept` is clicked. */
  readonly consent?: Readonly<{ when: string; accept: string }>;
  /** A form: when `when` is visible it is filled and submitted. `failed` becomes visible when it was refused. */
  readonly login?: Readonly<{
    when: string;
    user: FieldSpec;
    /** `value` has to be a reference: passwords do not stand in flows. */
    password: FieldSpec;
    submit: string;
    failed?: string;
  }>;
  /** Something only a person may answer. It is never answered here. */
  readonly challenge?: Readonly<{ when: string }>;
  /** As long as it is visible, the application is loading. */
  readonly loading?: Readonly<{ when: string }>;
}

/** Where a session stands. */
export type SessionPhase =
  'launching' | 'attaching' | 'navigating' | 'consent' | 'login' | 'challenge' | 'loading' | 'ready' | 'lost';
