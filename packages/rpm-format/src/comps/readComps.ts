import { RepodataError } from '../metadata';
import {
  TextChunks,
  XmlElement,
  XmlFormat,
  children,
  readXml,
  textElement,
} from '../xml';
import {
  COMPS_PACKAGE_TYPES,
  CompsCategory,
  CompsEnvironment,
  CompsGroup,
  CompsGroupRef,
  CompsLangpacks,
  CompsPackageType,
  CompsTexts,
  CompsUnit,
} from './CompsUnit';

/** Members of one unit at most; the largest real groups have some 2,000 packages. */
const MAX_MEMBERS = 100_000;
/** Ids are looked up, which databases do for short texts only. */
const MAX_ID_LENGTH = 255;

interface Reading {
  emit(unit: CompsUnit): void;
  group: CompsGroup;
  category: CompsCategory;
  environment: CompsEnvironment;
  langpacks: CompsLangpacks;
}

type Kind = 'group' | 'category' | 'environment';

const COMPS: XmlFormat<Reading, CompsUnit> = {
  kind: 'comps',
  rootName: 'comps',
  createState: emit => ({
    emit,
    group: emptyGroup(),
    category: emptyCategory(),
    environment: emptyEnvironment(),
    langpacks: emptyLangpacks(),
  }),
  root: {
    children: children<Reading>({
      group: {
        open: reading => {
          reading.group = emptyGroup();
        },
        close: reading => emitUnit(reading, reading.group),
        children: children<Reading>({
          ...textElements('group'),
          default: flag(({ group }, value) => {
            group.default = value;
          }),
          uservisible: flag(({ group }, value) => {
            group.userVisible = value;
          }),
          biarchonly: flag(({ group }, value) => {
            group.biarchOnly = value;
          }),
          langonly: textElement(({ group }, text) => {
            const language = text.trim();
            if (language) {
              group.langOnly = language;
            }
          }),
          packagelist: {
            children: children<Reading>({ packagereq: packagereq() }),
          },
        }),
      },
      category: {
        open: reading => {
          reading.category = emptyCategory();
        },
        close: reading => emitUnit(reading, reading.category),
        children: children<Reading>({
          ...textElements('category'),
          grouplist: groupRefs(({ category }) => category.groups),
        }),
      },
      environment: {
        open: reading => {
          reading.environment = emptyEnvironment();
        },
        close: reading => emitUnit(reading, reading.environment),
        children: children<Reading>({
          ...textElements('environment'),
          grouplist: groupRefs(({ environment }) => environment.groups),
          optionlist: groupRefs(
            ({ environment }) => environment.optionalGroups,
          ),
        }),
      },
      langpacks: {
        open: reading => {
          reading.langpacks = emptyLangpacks();
        },
        close: ({ emit, langpacks }) => {
          if (Object.keys(langpacks.matches).length > 0) {
            emit(langpacks);
          }
        },
        children: children<Reading>({
          match: {
            open: ({ langpacks }, { name, install }) => {
              if (name && install) {
                langpacks.matches[name] = install;
              }
            },
          },
        }),
      },
    }),
  },
};

function textElements(kind: Kind): Record<string, XmlElement<Reading>> {
  const translated = (
    field: 'name' | 'description',
    translations: 'nameByLang' | 'descByLang',
  ): XmlElement<Reading> => ({
    value: (reading, text, attributes) => {
      const unit: CompsTexts = reading[kind];
      const language = attributes['xml:lang'];
      if (language) {
        unit[translations][language] = text;
      } else {
        unit[field] = text;
      }
    },
  });
  return {
    id: textElement((reading, text) => {
      reading[kind].id = text.trim();
    }),
    name: translated('name', 'nameByLang'),
    description: translated('description', 'descByLang'),
    display_order: textElement((reading, text) => {
      const unit: CompsTexts = reading[kind];
      const order = text.trim();
      if (order && !/^-?\d{1,9}$/.test(order)) {
        throw new RepodataError(
          'comps',
          `has ${kind} "${unit.id}" with the display order "${order.slice(
            0,
            40,
          )}", which is not a whole number`,
        );
      }
      if (order) {
        unit.displayOrder = Number(order);
      }
    }),
  };
}

function flag(
  store: (reading: Reading, value: boolean) => void,
): XmlElement<Reading> {
  return textElement((reading, text) =>
    store(reading, text.trim().toLocaleLowerCase('en-US') === 'true'),
  );
}

function packagereq(): XmlElement<Reading> {
  return {
    value: ({ group }, text, { type, requires, basearchonly }) => {
      limit(group, group.packages.length);
      const name = text.trim();
      if (name) {
        group.packages.push({
          name,
          type: packageType(type),
          baseArchOnly: basearchonly === 'true',
          ...(requires ? { requires } : {}),
        });
      }
    },
  };
}

/** Without a type a package is mandatory, as libcomps takes it. */
function packageType(type: string | undefined): CompsPackageType {
  return type === undefined
    ? 'mandatory'
    : COMPS_PACKAGE_TYPES.find(known => known === type) ?? 'unknown';
}

function groupRefs(
  list: (reading: Reading) => CompsGroupRef[],
): XmlElement<Reading> {
  return {
    children: children<Reading>({
      groupid: {
        value: (reading, text, attributes) => {
          const refs = list(reading);
          limit(undefined, refs.length);
          const id = text.trim();
          if (id) {
            refs.push({ id, default: attributes.default === 'true' });
          }
        },
      },
    }),
  };
}

function emitUnit(
  { emit }: Reading,
  unit: CompsGroup | CompsCategory | CompsEnvironment,
): void {
  if (!unit.id) {
    throw new RepodataError('comps', `has a ${unit.kind} without id`);
  }
  if (unit.id.length > MAX_ID_LENGTH) {
    throw new RepodataError(
      'comps',
      `has a ${unit.kind} whose id is longer than ${MAX_ID_LENGTH} characters`,
    );
  }
  emit(unit);
}

function limit(unit: CompsGroup | undefined, count: number): void {
  if (count >= MAX_MEMBERS) {
    const name = unit ? `group "${unit.id.slice(0, 80)}"` : 'a list of groups';
    throw new RepodataError(
      'comps',
      `has ${name} with more than ${MAX_MEMBERS} members`,
    );
  }
}

/** Language codes and package names become keys, so there must be no inherited ones. */
function emptyRecord(): Record<string, string> {
  return Object.create(null);
}

function emptyTexts(): CompsTexts {
  return {
    id: '',
    name: '',
    description: '',
    nameByLang: emptyRecord(),
    descByLang: emptyRecord(),
  };
}

function emptyGroup(): CompsGroup {
  return {
    kind: 'group',
    ...emptyTexts(),
    default: false,
    userVisible: true,
    biarchOnly: false,
    packages: [],
  };
}

function emptyCategory(): CompsCategory {
  return { kind: 'category', ...emptyTexts(), groups: [] };
}

function emptyEnvironment(): CompsEnvironment {
  return {
    kind: 'environment',
    ...emptyTexts(),
    groups: [],
    optionalGroups: [],
  };
}

function emptyLangpacks(): CompsLangpacks {
  return { kind: 'langpacks', matches: emptyRecord() };
}

/**
 * Reads a comps file in small batches, in the document's order.
 *
 * @remarks
 * A group is shown to users unless it says otherwise and is not default unless it says so. Elements
 * of no use to today's clients (`blacklist`, `whiteout`) are skipped.
 *
 * @throws RepodataError when the file is malformed or a unit has no id.
 */
export function readComps(chunks: TextChunks): AsyncGenerator<CompsUnit[]> {
  return readXml(COMPS, chunks);
}
