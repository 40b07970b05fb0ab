import type { Rect } from '../core/index.js';
import type { StoredEvent } from '../runtime/timeline.js';
import type { Judgement, Truth } from '../visual/judgement.js';
import type { Album } from './album.js';
import { type Html, html } from './html.js';
import { picture } from './picture.js';

/** What of the calibration did not hold when a step had failed: where it was expected beside where it was found, and what to write. */
export function brokenCard(
  { seq, step, assumptions, picture: ref }: Extract<StoredEvent, { type: 'calibration.broken' }>,
  album: Album,
): Html {
  const expected = assumptions.map(({ rect }) => rect);
  const found = assumptions.flatMap(({ foundRect }) => (foundRect === null ? [] : [foundRect]));
  return html`<article id="t${seq}" class="card broken">
    <header>
      <b class="badge refused">calibration</b>
      <h3>${step}</h3>
      <span class="number">#${seq}</span>
      <span class="reason">${assumptions.length} assumptions do not hold on this screen</span>
    </header>
    <div class="pictures">
      ${picture({ ref, caption: 'expected', album, marks: { proof: places(expected, 'fails') } })}
      ${picture({ ref, caption: 'found', album, marks: { proof: places(found, 'holds') } })}
    </div>
    <table>
      <thead>
        <tr>
          <th>assumption</th>
          <th></th>
          <th>expected</th>
          <th>found</th>
          <th>write</th>
        </tr>
      </thead>
      <tbody>
        ${assumptions.map(
          (each) =>
            html`<tr>
              <td>${each.name}</td>
              <td>${each.state}</td>
              <td>${each.expected}</td>
              <td>${each.found}</td>
              <td>${each.proposed === null ? '' : html`<code>${each.proposed}</code>`}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </article>`;
}

function places(regions: readonly Rect[], truth: Truth): Judgement {
  return { predicate: 'calibration', truth, score: 0, margin: 0, regions, reason: '' };
}
