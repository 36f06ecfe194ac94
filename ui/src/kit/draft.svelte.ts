/**
 * Text while it is typed: begun at the first stroke, committed on Enter or when the field is left, dropped by Esc.
 * It remembers whose text it is and what stood there before, so that a late commit never lands on another row that the
 * field shows by then, nor is taken for no change because that row happens to say the same.
 */
export class Draft<Subject> {
  text = $state.raw<string | null>(null);
  #subject: Subject | null = null;
  #before = "";

  constructor(private readonly commit: (text: string, subject: Subject, before: string) => void) {}

  /** `before`: what the field showed; kept at the first stroke. */
  type(text: string, subject: Subject, before: string): void {
    if (this.text === null) {
      this.#subject = subject;
      this.#before = before;
    }
    this.text = text;
  }

  settle(): void {
    const { text } = this;
    const subject = this.#subject;
    const before = this.#before;
    this.drop();
    if (text !== null && subject !== null) this.commit(text, subject, before);
  }

  drop(): void {
    this.text = null;
    this.#subject = null;
  }
}
