/** What the editor of texts with variables says. */
export const words = {
  offers: 'Variables',
  offersFound: (count: number) =>
    count === 0
      ? 'No variable fits.'
      : `${String(count)} ${count === 1 ? 'variable' : 'variables'}. Up and down to choose, Enter to take one, Escape to close.`,
  nothingFits: 'No variable fits. Write $$ for a dollar sign.',
  example: (sample: string) => `such as ${sample}`,
  makes: (what: string) => `makes ${what}`,
  use: (variable: string) => `Use ${variable}`,
};
