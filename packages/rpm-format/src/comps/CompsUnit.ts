/** One of the things that a comps file defines. */
export type CompsUnit =
  | CompsGroup
  | CompsCategory
  | CompsEnvironment
  | CompsLangpacks;

/** Texts by language code, as in `xml:lang`. */
export type Translations = Record<string, string>;

/** What groups, categories and environments have in common. */
export interface CompsTexts {
  id: string;
  name: string;
  description: string;
  nameByLang: Translations;
  descByLang: Translations;
  /** Position among its kind in lists, smallest first. */
  displayOrder?: number;
}

/** A set of packages that users install together. */
export interface CompsGroup extends CompsTexts {
  kind: 'group';
  default: boolean;
  userVisible: boolean;
  biarchOnly: boolean;
  /** Language code for which alone the group is meant. */
  langOnly?: string;
  packages: CompsPackage[];
}

/** How strongly a group wants a package; `unknown` stands for any other word. */
export const COMPS_PACKAGE_TYPES = [
  'mandatory',
  'default',
  'optional',
  'conditional',
  'unknown',
] as const;

export type CompsPackageType = (typeof COMPS_PACKAGE_TYPES)[number];

/** A package of a group, by name. */
export interface CompsPackage {
  name: string;
  type: CompsPackageType;
  /** Only for the repository's main architecture. */
  baseArchOnly: boolean;
  /** Of a conditional package: the package whose presence brings it along. */
  requires?: string;
}

/** A reference to a group by its id. */
export interface CompsGroupRef {
  id: string;
  /** Of an environment's optional group: chosen unless the user deselects it. */
  default: boolean;
}

/** A heading under which groups are shown. */
export interface CompsCategory extends CompsTexts {
  kind: 'category';
  groups: CompsGroupRef[];
}

/** A kind of system that is installed as a whole. */
export interface CompsEnvironment extends CompsTexts {
  kind: 'environment';
  groups: CompsGroupRef[];
  optionalGroups: CompsGroupRef[];
}

/** For a package, the name pattern of its language packs (`aspell` → `aspell-%s`). */
export interface CompsLangpacks {
  kind: 'langpacks';
  matches: Record<string, string>;
}
