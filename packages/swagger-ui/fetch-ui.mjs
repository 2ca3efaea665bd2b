// Writes the files of Swagger UI that the page needs to ui/. For a new version: change `version` and `integrity`, run
// `node fetch-ui.mjs`, and commit ui/. Its npm package is not installed, because it depends on one that reports
// installations.
import path from 'node:path';
import { vendorFiles } from '../../.ci/vendor-files.mjs';

vendorFiles({
  name: 'swagger-ui-dist',
  version: '5.35.0',
  integrity:
    'sha512-U06rpMtW9V3XPGOBeamTUSr0Z09jMX4IJuANpE/EZbAhw0G8CgwrzU4YmXkn/h0wCDNsXdGarTNNHC3sU8yVUQ==',
  served: ['swagger-ui-bundle.js', 'swagger-ui.css', 'oauth2-redirect.js', 'favicon-32x32.png'],
  licences: ['LICENSE', 'NOTICE', 'swagger-ui-bundle.js.LICENSE.txt'],
  target: path.join(import.meta.dirname, 'ui'),
});
