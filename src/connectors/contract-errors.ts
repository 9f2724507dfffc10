/** How every failure of a connector is told. Policy by kind stands once, in `jobs/policy.ts`. */

/**
 * - `unreachable`: DNS, TLS, refused, reset, time-out, 5xx
 * - `rate_limited`: 429; `retryAfter` in milliseconds where the vendor said so
 * - `unauthorized`: 401, or the vendor's way of saying that the key is not (or no longer) good
 * - `forbidden`: 403: the key is good, this is not allowed to it
 * - `not_found`: 404: the addressed object is not there
 * - `rejected`: any other refusal (400, 409, 422, a logical error inside a 200)
 * - `bad_signature`: a webhook that the vendor did not sign
 * - `unexpected_shape`: an answer that is not what the contract says (HTML, redirect, wrong JSON)
 */
export type ConnectorErrorKind =
  | 'unreachable'
  | 'rate_limited'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rejected'
  | 'bad_signature'
  | 'unexpected_shape';

export interface ConnectorErrorDetails {
  connector: string;
  /** The vendor's operation, such as `POST /opportunities/:id/notes`. */
  operation: string;
  kind: ConnectorErrorKind;
  /** What failed and what to do, in plain words, without secrets or candidate data. */
  message: string;
  status?: number;
  /** Milliseconds until another try makes sense. */
  retryAfter?: number;
  /**
   * True when the call surely had no effect (refused connection, most 4xx). False when it may have
   * had one (time-out, reset after sending, 5xx, unreadable answer): look it up before repeating.
   */
  surelyNotDone: boolean;
}

export class ConnectorError extends Error {
  readonly connector: string;
  readonly operation: string;
  readonly kind: ConnectorErrorKind;
  readonly status: number | undefined;
  readonly retryAfter: number | undefined;
  readonly surelyNotDone: boolean;

  constructor(details: ConnectorErrorDetails) {
    super(details.message);
    this.name = 'ConnectorError';
    this.connector = details.connector;
    this.operation = details.operation;
    this.kind = details.kind;
    this.status = details.status;
    this.retryAfter = details.retryAfter;
    this.surelyNotDone = details.surelyNotDone;
  }
}
