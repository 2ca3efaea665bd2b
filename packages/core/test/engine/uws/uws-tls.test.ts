import { describeTlsEngine } from '../describe-tls-engine';

describeTlsEngine('uws', 'µWebSockets');
