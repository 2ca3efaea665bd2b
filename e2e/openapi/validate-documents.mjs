// Validates documents of OpenAPI in a process of its own: redocly is an ES module, which Jest cannot load on Node 20.
// It reads `{ name: document }` as JSON from its input, and prints the faults, one a line.
import { readFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { createConfig, lintFromString } from '@redocly/openapi-core';

const documents = JSON.parse(readFileSync(0, 'utf8'));
const config = await createConfig({
  extends: ['spec'],
  rules: {
    'operation-operationId': 'error',
    'operation-operationId-url-safe': 'error',
    'path-parameters-defined': 'error',
    'security-defined': 'error',
    'no-unused-components': 'error',
    'no-identical-paths': 'error',
    'no-ambiguous-paths': 'off',
  },
});

/** An operation may be open to everyone. */
const isOpen = ({ message }) => message.startsWith('Every operation should have security');

for (const [name, document] of Object.entries(documents)) {
  const problems = await lintFromString({
    source: JSON.stringify(document),
    absoluteRef: `${name}.json`,
    config,
  });
  for (const { ruleId, message, location } of problems.filter((one) => !isOpen(one)))
    console.log(`${name}: redocly ${ruleId} ${location[0]?.pointer ?? ''} ${message}`);
  await SwaggerParser.validate(JSON.parse(JSON.stringify(document))).catch((error) =>
    console.log(`${name}: swagger-parser ${error.message}`),
  );
}
