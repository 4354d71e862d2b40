import { Text } from '@backstage/ui';
import { CopyButton } from './CopyButton';
import styles from './Snippet.module.css';

/** Text to paste elsewhere, with a button that copies it. */
export function Snippet(props: { title: string; text: string }) {
  const { title, text } = props;
  return (
    <figure className={styles.root}>
      <figcaption className={styles.caption}>
        <Text variant="body-small" color="secondary">
          {title}
        </Text>
        <CopyButton text={text} what={title} />
      </figcaption>
      {/* Focusable, so that the keyboard can scroll it. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre className={styles.text} tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </figure>
  );
}
