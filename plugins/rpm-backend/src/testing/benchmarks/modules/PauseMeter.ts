/** How often it is looked whether something else had its turn. */
const MILLISECONDS = 1;

/** Measures for how long the event loop served nobody else. */
export class PauseMeter {
  #timer: NodeJS.Timeout | undefined;
  #busy = Infinity;
  #longest = 0;

  start(): void {
    this.#busy = Infinity;
    this.#timer = setInterval(() => this.#look(), MILLISECONDS);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#look();
  }

  /** The longest pause of all that was measured, in milliseconds of processor time. */
  get longest(): number {
    return this.#longest;
  }

  /** The thread's own time, not the clock's: on a busy machine others make it wait, too. */
  #look(): void {
    const { user, system } = process.threadCpuUsage();
    const busy = user + system;
    this.#longest = Math.max(this.#longest, (busy - this.#busy) / 1000);
    this.#busy = busy;
  }
}
