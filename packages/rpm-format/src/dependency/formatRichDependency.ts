import { formatRelation } from './relation';
import type { RichDependency } from './RichDependency';

/** Writes a rich dependency as rpm does, the inverse of `parseRichDependency`. */
export function formatRichDependency(tree: RichDependency): string {
  return tree.op === 'relation' ? `(${operand(tree)})` : operand(tree);
}

function operand(tree: RichDependency): string {
  switch (tree.op) {
    case 'relation':
      return formatRelation(tree.relation);
    case 'if':
    case 'unless': {
      const otherwise = tree.otherwise
        ? ` else ${operand(tree.otherwise)}`
        : '';
      return `(${operand(tree.then)} ${tree.op} ${operand(
        tree.condition,
      )}${otherwise})`;
    }
    case 'without':
      return `(${operand(tree.operand)} without ${operand(tree.excluded)})`;
    default:
      return `(${tree.operands.map(operand).join(` ${tree.op} `)})`;
  }
}
