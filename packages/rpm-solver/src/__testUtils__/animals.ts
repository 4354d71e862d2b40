import type { PackageRecord } from '../pool/records';
import { pkg } from './packages';

const REQUIRES: Record<string, string[]> = {
  'cheetah-1.25.3-5': ['trout'],
  'chimpanzee-0.21-1': ['squirrel', 'walrus'],
  'cockateel-3.1-1': ['wolf'],
  'dolphin-3.10.232-1': ['bear', 'lion', 'tiger'],
  'duck-0.6-1': ['cockateel', 'lion'],
  'elephant-8.3-1': ['kangaroo'],
  'horse-0.22-2': ['mouse', 'penguin'],
  'lion-0.4-1': ['wolf'],
  'mouse-0.1.12-1': ['dolphin', 'zebra'],
  'penguin-0.9.1-1': ['dolphin'],
  'pike-2.2-1': ['crow', 'elephant'],
  'squirrel-0.1-1': ['camel', 'fox'],
  'trout-0.12-1': ['cat', 'horse'],
  'walrus-0.71-1': ['whale'],
  'whale-0.2-1': ['shark', 'stork'],
  'zebra-0.1-2': ['dolphin', 'gorilla', 'pike'],
};

const WITHOUT_NEEDS = [
  'bear-4.1-1',
  'camel-0.1-1',
  'cat-1.0-1',
  'cow-2.2-3',
  'crow-0.8-1',
  'dog-4.23-1',
  'duck-0.7-1',
  'duck-0.8-1',
  'fox-1.1-2',
  'frog-0.1-1',
  'giraffe-0.67-2',
  'gorilla-0.62-1',
  'kangaroo-0.2-1',
  'kangaroo-0.3-1',
  'shark-0.1-1',
  'stork-0.12-2',
  'tiger-1.0-4',
  'walrus-5.21-1',
  'wolf-9.4-2',
];

/** The reference package set: 35 packages of 31 names, all noarch. */
export const ANIMALS: PackageRecord[] = [
  ...Object.entries(REQUIRES).map(([nevra, requires]) =>
    pkg(nevra, { requires }),
  ),
  ...WITHOUT_NEEDS.map(nevra => pkg(nevra)),
];

/** What the category `all` of the set brings: the newest of each name in its two groups. */
export const CATEGORY_ALL = ANIMALS.filter(
  ({ name, version }) =>
    !['crow', 'pike', 'shark', 'trout', 'frog'].includes(name) &&
    !['duck-0.6', 'duck-0.7', 'kangaroo-0.2', 'walrus-0.71'].includes(
      `${name}-${version}`,
    ),
);
