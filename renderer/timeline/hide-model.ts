import type { Pseudonyms } from '../../shared/pseudonyms';
import type { Lane } from './lane';
import type { TimelineModel } from './model';

/** A timeline whose lanes have pseudonyms, to be drawn, and what to call the user or those who are compared. */
export async function hideModel(
  names: Pseudonyms,
  model: TimelineModel,
): Promise<{ model: TimelineModel; user: string }> {
  const lanes = await Promise.all(model.lanes.map((lane) => hideLane(names, lane)));
  const owners = new Set(lanes.flatMap(({ owner }) => owner?.name ?? []));
  return {
    model: model.withLanes(lanes),
    user: owners.size > 0 ? [...owners].join(', ') : await names.user(model.user),
  };
}

async function hideLane(names: Pseudonyms, { owner, ips, ...lane }: Lane): Promise<Lane> {
  const user = owner && (await names.user(owner.user));
  return {
    ...lane,
    SrcIpAddr: await names.ip(lane.SrcIpAddr),
    ...(ips && { ips: await Promise.all(ips.map((ip) => names.ip(ip))) }),
    ...(user !== undefined && { owner: { user, name: user } }),
  };
}
