/**
 * Text while it is typed: begun at the first stroke, committed on Enter or when the field is left, dropped by Esc.
 * It remembers whose text it is, so that a late commit never lands on another row that the field shows by then.
 */
export class Draft<Subject> {
  text = $state.raw<string | null>(null);
  #subject: Subject | null = null;

  constructor(private readonly commit: (text: string, subject: Subject) => void) {}

  type(text: string, subject: Subject): void {
    if (this.text === null) this.#subject = subject;
    this.text = text;
  }

  settle(): void {
    const { text } = this;
    const subject = this.#subject;
    this.drop();
    if (text !== null && subject !== null) this.commit(text, subject);
  }

  drop(): void {
    this.text = null;
    this.#subject = null;
  }
}
