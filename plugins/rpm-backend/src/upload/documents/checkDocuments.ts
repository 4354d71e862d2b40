import { formatNevra, type ModulemdDocument } from '@rpmportal/rpm-format';
import type { Knex } from 'knex';
import { modulemdArtifacts } from '../../content-units/modulemdArtifacts';
import { readUnitFacts } from '../../database/operations/versions';
import { requireUnits, requireVisibleUnits } from '../../repository';
import { InvalidInputError } from '../../validation';
import type { UnitCheck, UnitChecks } from '../types';
import type { DocumentReader } from './DocumentReader';
import { findDisagreements } from './disagreements';
import { fieldsOf, MODULES_KINDS, type ModulesType } from './moduleKinds';

/** As many packages as a sentence can bear. */
const NAMED = 10;

interface Services {
  knex: Knex;
  reader: DocumentReader;
}

/** What is looked at of documents while the caller waits. */
export function documentChecks(services: Services): UnitChecks {
  return {
    'rpm.advisory': checkAdvisory(services),
    'rpm.modulemd': checkModules(services, 'rpm.modulemd'),
    'rpm.modulemd_defaults': checkModules(services, 'rpm.modulemd_defaults'),
    'rpm.modulemd_obsolete': checkModules(services, 'rpm.modulemd_obsolete'),
  };
}

function checkAdvisory({ reader }: Services): UnitCheck {
  return async (input, { field }) => {
    const { problems } = await reader.readAdvisory(input);
    if (problems) throw InvalidInputError.field(field, ...problems);
  };
}

/** What is said of a document besides it. */
interface GivenFields extends Record<string, unknown> {
  snippet: string;
  packages?: readonly string[] | null;
}

function checkModules(
  { knex, reader }: Services,
  type: ModulesType,
): UnitCheck {
  return async (input, { visible }) => {
    const given = input.fields as GivenFields;
    const { document, problems } = await reader.readSnippet(
      MODULES_KINDS[type],
      given.snippet,
    );
    if (problems) throw InvalidInputError.field('snippet', ...problems);
    const disagreements = findDisagreements(fieldsOf(document), given);
    if (Object.keys(disagreements).length) {
      throw InvalidInputError.fields(disagreements);
    }
    if (document.kind === 'modulemd' && given.packages?.length) {
      await requireVisibleUnits(knex, given.packages, visible);
      await requireArtifacts(knex, document, given.packages);
    }
  };
}

/** @throws InvalidInputError unless all packages are artifacts of the module */
async function requireArtifacts(
  knex: Knex,
  document: ModulemdDocument,
  references: readonly string[],
): Promise<void> {
  const [unitIds] = await requireUnits(knex, references);
  const artifacts = new Set(
    modulemdArtifacts(document).nevras.map(formatNevra),
  );
  const units = await readUnitFacts(knex, unitIds);
  if (units.some(({ type }) => type !== 'rpm.package')) {
    throw InvalidInputError.field('packages', 'Not all of them are packages.');
  }
  // The repository key of a package is its NEVRA.
  const strangers = units.filter(({ repoKey }) => !artifacts.has(repoKey!));
  if (strangers.length) {
    const names = strangers
      .slice(0, NAMED)
      .map(({ repoKey }) => repoKey)
      .join(', ');
    throw InvalidInputError.field(
      'packages',
      `The snippet does not name ${names} as an artifact.`,
    );
  }
}
