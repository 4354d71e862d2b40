import { Skeleton } from '@backstage/ui';
import styles from './Loading.module.css';

/** Keeps the place of something that is being loaded. */
export function Loading(props: {
  /** What is being loaded. */
  label: string;
  /** How high it will be, in pixels. */
  height: number;
  width?: number;
}) {
  const { label, height, width = '100%' } = props;
  return (
    <Skeleton
      role="status"
      aria-label={label}
      className={styles.root}
      height={height}
      width={width}
    />
  );
}
