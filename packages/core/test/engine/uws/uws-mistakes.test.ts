import { testMistakes } from '../../configuration/test-mistakes';
import { UWS_MISTAKES } from './uws-mistakes';

describe('a mistake at start-up on µWebSockets', () => {
  testMistakes(UWS_MISTAKES);
});
