import { describeSocketEngine } from '../describe-socket-engine';

describeSocketEngine('node', 'node:http');
