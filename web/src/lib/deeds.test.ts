import assert from 'node:assert/strict';
import { test } from '@playwright/test';
import { Deeds } from './deeds.ts';

interface Deed {
  name: string;
}

/** An answer that comes when it is let. */
function later<T>() {
  let come: (answer: T) => void = () => undefined;
  const answer = new Promise<T>((done) => {
    come = done;
  });
  return { answer, come };
}

/** Notes what reaches the server, in its order. */
function server() {
  const log: string[] = [];
  const takeBack = (deed: Deed | null) => {
    log.push(`back ${deed?.name ?? '?'}`);
    return Promise.resolve(true);
  };
  const make = (name: string) => () => {
    log.push(`do ${name}`);
    return Promise.resolve({ name });
  };
  return { log, takeBack, make };
}

test('what is asked back while it is on its way is waited for, and then taken back', async () => {
  const { log, takeBack, make } = server();
  const deeds = new Deeds<Deed>();
  await deeds.do(make('first'));
  const { answer, come } = later<Deed | null>();
  const sent = deeds.do(() => {
    log.push('do second');
    return answer;
  });
  const back = deeds.undoLast(takeBack);
  const third = deeds.do(make('third'));
  await new Promise((done) => setTimeout(done, 20));
  assert.deepEqual(log, ['do first', 'do second'], 'nothing overtakes');
  come({ name: 'second' });
  assert.equal(await back, 'undone');
  await Promise.all([sent, third]);
  assert.deepEqual(log, ['do first', 'do second', 'back second', 'do third']);
});

test('what was not done after all is not taken back, nor is what was done before it', async () => {
  const { log, takeBack, make } = server();
  const deeds = new Deeds<Deed>();
  await deeds.do(make('first'));
  const { answer, come } = later<Deed | null>();
  const refused = deeds.do(() => answer);
  const back = deeds.undoLast(takeBack);
  come(null);
  assert.equal(await back, 'never');
  assert.equal(await refused, null);
  const broken = deeds.do(() => Promise.reject(new Error('gone')));
  const after = deeds.undoLast(takeBack);
  await assert.rejects(broken);
  assert.equal(await after, 'never');
  assert.deepEqual(log, ['do first']);
  assert.equal(await deeds.undoLast(takeBack), 'undone');
  assert.equal(await deeds.undoLast(takeBack), 'none');
  assert.deepEqual(log, ['do first', 'back first']);
});

test('pressed twice, the last two are taken back, the later one first', async () => {
  const { log, takeBack, make } = server();
  const deeds = new Deeds<Deed>();
  const done = [deeds.do(make('first')), deeds.do(make('second'))];
  const back = [deeds.undoLast(takeBack), deeds.undoLast(takeBack)];
  await Promise.all([...done, ...back]);
  assert.deepEqual(log.slice(2), ['back second', 'back first']);
  // One that could not be taken back can be asked back again.
  await deeds.do(make('third'));
  assert.equal(await deeds.undoLast(() => Promise.resolve(false)), 'failed');
  assert.equal(await deeds.undo((deed) => deed.name === 'third', takeBack), true);
  assert.equal(log.at(-1), 'back third');
});
