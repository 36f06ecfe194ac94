/** Short messages at the foot of the window, most with one thing to do about them. They leave by themselves. */
export type Toast = {
  id: number;
  text: string;
  tone: "plain" | "problem";
  action: { label: string; run: () => void } | null;
  /** Whether what it offers is about the last step, and means another one as soon as there is a next. */
  untilNextStep: boolean;
};
type Options = Partial<Pick<Toast, "tone" | "action" | "untilNextStep">>;

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;
  #step = 0;

  show(text: string, options: Options = {}): number {
    const plain = { tone: "plain", action: null, untilNextStep: false } as const;
    const toast: Toast = { ...plain, ...options, id: this.#next++, text };
    this.list = [...this.list.slice(-2), toast];
    return toast.id;
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  /** Which step undo means, as a number: another one whenever a step of one's own begins, or another map is shown. */
  get step(): number {
    return this.#step;
  }

  /** A step of one's own begins, forward or back, or another map is shown: what was offered about the last one goes. */
  moveOn(): void {
    this.#step += 1;
    this.list = this.list.filter((toast) => !toast.untilNextStep);
  }
}

export const toasts = new Toasts();
