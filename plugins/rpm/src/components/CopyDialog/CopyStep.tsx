import { ReactNode, useEffect, useRef } from 'react';
import { DialogBody } from '@backstage/ui';
import styles from './CopyDialog.module.css';

/** The body of one step of the dialog. Takes the focus, which was in the step that it replaces. */
export function CopyStep(props: { label: string; children: ReactNode }) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => ref.current?.focus(), []);
  return (
    <DialogBody>
      <div
        ref={ref}
        role="group"
        aria-label={props.label}
        tabIndex={-1}
        className={styles.step}
      >
        {props.children}
      </div>
    </DialogBody>
  );
}
