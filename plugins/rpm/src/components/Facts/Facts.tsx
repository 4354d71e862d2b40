import type { ReactNode } from 'react';
import styles from './Facts.module.css';

/** What is to be known of something, each a `Fact`. */
export function Facts(props: { children: ReactNode }) {
  return <dl className={styles.facts}>{props.children}</dl>;
}

/** A name and its value; nothing where there is none to tell. */
export function Fact(props: { name: string; children: ReactNode }) {
  const { name, children } = props;
  if (!children) return null;
  return (
    <div>
      <dt className={styles.factName}>{name}</dt>
      <dd className={styles.fact}>{children}</dd>
    </div>
  );
}
