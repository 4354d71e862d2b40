/** The chain that a task's result gives for the unit with a label. */
export function chainOf(task: any, label: string): string {
  return task.result.units.find((unit: any) => unit.label.endsWith(label))
    .chain;
}
