/** Short messages at the foot of the window, most with one thing to do about them. They leave by themselves. */
export type Toast = {
  id: number;
  text: string;
  tone: "plain" | "problem";
  action: { label: string; run: () => void } | null;
};

class Toasts {
  list = $state.raw<readonly Toast[]>([]);
  #next = 1;

  show(text: string, options: { tone?: Toast["tone"]; action?: Toast["action"] } = {}): number {
    const toast = { id: this.#next++, text, tone: options.tone ?? "plain", action: options.action ?? null };
    this.list = [...this.list.slice(-2), toast];
    return toast.id;
  }

  dismiss(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }
}

export const toasts = new Toasts();
