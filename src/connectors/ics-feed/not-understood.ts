/** Something stands in the feed that could be an entry, and cannot be read. */
export class NotUnderstood extends Error {
  /** `what`: never a text of the feed itself, which is somebody's private calendar. */
  constructor(what: string) {
    super(what);
    this.name = 'NotUnderstood';
  }
}
