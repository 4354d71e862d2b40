import { JointWork } from './JointWork';

/** Work that ends when the test says so, or when it is given up. */
class TestWork {
  readonly work = new JointWork<string>();
  readonly begun: string[] = [];
  readonly givenUp: string[] = [];
  readonly #ends = new Map<string, (error?: Error) => void>();

  run(key: string, signal = new AbortController().signal): Promise<string> {
    return this.work.run(
      key,
      signal,
      abort =>
        new Promise((resolve, reject) => {
          this.begun.push(key);
          abort.addEventListener('abort', () => {
            if (!this.#ends.delete(key)) return;
            this.givenUp.push(key);
            reject(abort.reason);
          });
          this.#ends.set(key, error => {
            this.#ends.delete(key);
            if (error) reject(error);
            else resolve(`result of ${key}`);
          });
        }),
    );
  }

  async end(key: string, error?: Error): Promise<void> {
    await this.settled();
    this.#ends.get(key)!(error);
  }

  /** Lets what can go on do so. */
  async settled(): Promise<void> {
    await new Promise(resolve => setImmediate(resolve));
  }
}

describe('joint work', () => {
  let test: TestWork;
  beforeEach(() => {
    test = new TestWork();
  });

  it('is done once for all who wait for it', async () => {
    const both = [test.run('a'), test.run('a')];
    await test.end('a');
    await expect(Promise.all(both)).resolves.toEqual([
      'result of a',
      'result of a',
    ]);
    expect(test.begun).toEqual(['a']);
  });

  it('is done anew when nobody waits any more', async () => {
    const first = test.run('a');
    await test.end('a');
    await first;
    const second = test.run('a');
    await test.end('a');
    await second;
    expect(test.begun).toEqual(['a', 'a']);
  });

  it('is done one thing after the other', async () => {
    const [a, b] = [test.run('a'), test.run('b')];
    await test.settled();
    expect(test.begun).toEqual(['a']);
    await test.end('a', new Error('broken'));
    await expect(a).rejects.toThrow('broken');
    await test.end('b');
    await expect(b).resolves.toBe('result of b');
  });

  it('goes on for others when one stops waiting', async () => {
    const impatient = new AbortController();
    const [gone, waiting] = [test.run('a', impatient.signal), test.run('a')];
    await test.settled();
    impatient.abort();
    await expect(gone).rejects.toMatchObject({ name: 'AbortError' });
    expect(test.givenUp).toEqual([]);
    await test.end('a');
    await expect(waiting).resolves.toBe('result of a');
  });

  it('is given up when nobody waits, and begun anew for who comes then', async () => {
    const impatient = new AbortController();
    const gone = test.run('a', impatient.signal);
    await test.settled();
    impatient.abort();
    await expect(gone).rejects.toMatchObject({ name: 'AbortError' });
    expect(test.givenUp).toEqual(['a']);
    const waiting = test.run('a');
    await test.end('a');
    await expect(waiting).resolves.toBe('result of a');
  });

  it('is never begun when all have gone before its turn', async () => {
    const impatient = new AbortController();
    const a = test.run('a');
    const b = test.run('b', impatient.signal);
    impatient.abort();
    await expect(b).rejects.toMatchObject({ name: 'AbortError' });
    await expect(test.run('c', impatient.signal)).rejects.toMatchObject({
      name: 'AbortError',
    });
    await test.end('a');
    await a;
    await test.settled();
    expect(test.begun).toEqual(['a']);
  });
});
