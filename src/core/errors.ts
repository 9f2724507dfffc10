/**
 * Every failure that a person or a client may see carries a stable code and a remedy.
 * Messages read `<where>: <what failed>. <what to do>.` and never hold a secret or a
 * candidate's data.
 */
export class LoopwrightError extends Error {
  readonly code: string;
  /** HTTP status that the API answers with. */
  readonly status: number;
  /** Dotted path of the input field at fault, where there is one. */
  readonly field: string | undefined;

  constructor(code: string, status: number, message: string, field?: string) {
    super(message);
    this.name = 'LoopwrightError';
    this.code = code;
    this.status = status;
    this.field = field;
  }
}

export const notFound = (noun: string, id: string): LoopwrightError =>
  new LoopwrightError(
    `${noun}_not_found`,
    404,
    `${noun}: there is no ${noun} with the id ${id}. List the ${noun}s to see which exist.`,
  );

export const invalid = (code: string, message: string, field?: string): LoopwrightError =>
  new LoopwrightError(code, 422, message, field);

export const conflict = (code: string, message: string): LoopwrightError =>
  new LoopwrightError(code, 409, message);

/** What is safe to show of an unknown thrown value. */
export const messageOf = (thrown: unknown): string =>
  thrown instanceof Error ? thrown.message : String(thrown);
