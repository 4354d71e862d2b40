import { useCallback, useEffect, useRef, useState } from 'react';

/** A list that is read in portions. */
export interface GrowingList<T> {
  items: T[];
  loading: boolean;
  error?: Error;
  /** Reads the next portion; undefined when there is none, or one is being read. */
  more?: () => void;
  /** Reads all again from the beginning. */
  reload: () => void;
}

interface State<T> {
  items: T[];
  loading: boolean;
  error?: Error;
  complete: boolean;
}

const EMPTY = { items: [], loading: true, complete: false };

/**
 * Reads a list in portions, as the user asks for more of it.
 *
 * @param open - begins the list; must stay the same function for as long as it is the same list
 * @param portion - how many items to read at once
 */
export function useGrowingList<T>(
  open: () => AsyncIterable<T>,
  portion: number,
): GrowingList<T> {
  const [state, setState] = useState<State<T>>(EMPTY);
  const [attempt, setAttempt] = useState(0);
  const read = useRef<() => void>();

  useEffect(() => {
    const iterator = open()[Symbol.asyncIterator]();
    let stopped = false;

    async function readPortion() {
      setState(before => ({ ...before, loading: true, error: undefined }));
      const items: T[] = [];
      let next: IteratorResult<T> | undefined;
      let error: Error | undefined;
      try {
        while (items.length < portion && !next?.done) {
          next = await iterator.next();
          if (stopped) return;
          if (!next.done) items.push(next.value);
        }
      } catch (thrown) {
        error = thrown as Error;
      }
      if (stopped) return;
      setState(before => ({
        items: [...before.items, ...items],
        loading: false,
        error,
        complete: !!error || !!next?.done,
      }));
    }

    setState(EMPTY);
    read.current = readPortion;
    readPortion();
    return () => {
      stopped = true;
      iterator.return?.();
    };
  }, [open, portion, attempt]);

  const more = useCallback(() => read.current?.(), []);
  const reload = useCallback(() => setAttempt(count => count + 1), []);
  const { complete, ...list } = state;
  return { ...list, more: complete || list.loading ? undefined : more, reload };
}
