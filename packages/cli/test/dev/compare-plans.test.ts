import { comparePlans } from '../../src/dev/compare-plans';

const BEFORE = `GET   /notes  NotesController.list    gzip > list
POST  /notes  NotesController.create  gzip > create
*     /*      fallback                gzip`;

describe('two plans', () => {
  it('differ in the lines that only one of them has', () => {
    const after = BEFORE.replace('gzip > create', 'gzip > csrf > create').replace(/^GET.*\n/, '');
    expect(comparePlans(BEFORE, after)).toEqual([
      '- GET  /notes  NotesController.list  gzip > list',
      '- POST  /notes  NotesController.create  gzip > create',
      '+ POST  /notes  NotesController.create  gzip > csrf > create',
    ]);
  });

  it('are the same if only the columns have another width', () => {
    const longer = BEFORE.replaceAll(/ {2,}/g, '        ');
    expect(comparePlans(BEFORE, longer)).toEqual([]);
  });

  it('differ in what is recommended', () => {
    const after = `${BEFORE}\nRecommended order: gzip before csrf (NotesController.list).`;
    expect(comparePlans(BEFORE, after)).toEqual([
      '+ Recommended order: gzip before csrf (NotesController.list).',
    ]);
  });
});
