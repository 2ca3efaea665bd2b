import { describeTlsEngine } from '../describe-tls-engine';

describeTlsEngine('node', 'node:http');
