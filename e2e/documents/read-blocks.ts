/** The fenced blocks of one language, in order. */
export function readBlocks(markdown: string, language: string): string[] {
  return [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(
    (match) => match[1]!,
  );
}

/** The TypeScript of each section of a document that has any, by heading. */
export function readExamples(markdown: string): ReadonlyMap<string, string> {
  const examples = new Map<string, string>();
  for (const section of markdown.split(/^(?=#{2,3} )/m)) {
    const source = readBlocks(section, 'ts').join('\n');
    if (source !== '') examples.set(/^#{2,3} (.*)$/m.exec(section)?.[1] ?? '', source);
  }
  return examples;
}
