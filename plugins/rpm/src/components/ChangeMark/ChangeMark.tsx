import { ReactNode } from 'react';
import {
  RiAddLine,
  RiArrowDownLine,
  RiArrowUpLine,
  RiLoopLeftLine,
  RiSubtractLine,
} from '@remixicon/react';
import type { DiffChange } from '@rpmportal/backstage-plugin-rpm-common';
import styles from './ChangeMark.module.css';

const ICONS = {
  up: RiArrowUpLine,
  down: RiArrowDownLine,
  changed: RiLoopLeftLine,
  added: RiAddLine,
  removed: RiSubtractLine,
};

/** Marks a kind of change by icon, colour and words. */
export function ChangeMark(props: { change: DiffChange; children: ReactNode }) {
  const Icon = ICONS[props.change];
  return (
    <span className={`${styles.root} ${styles[props.change]}`}>
      <Icon size={14} aria-hidden />
      {props.children}
    </span>
  );
}
