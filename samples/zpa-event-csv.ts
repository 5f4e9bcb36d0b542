import { isoTime } from '../shared/time';
import type { Session, Shape } from './shape';

/** The columns of Sentinel's ZPAEvent function, as exported to CSV. No value of ours needs a quote but the connection id. */
export const zpaEventCsv: Shape = {
  header:
    'TimeGenerated,DvcAction,EventResult,DstUserName,SrcIpAddr,NetworkSessionId,ConnectionID,SrcGeoCountry,' +
    'Application,DstPortNumber,DvcHostname,TimestampConnectionStart,TimestampConnectionEnd\n',

  activity({ session, id, application, port, start }) {
    const middle = `${who(session)},"${session.id},${id}",${session.place.country},${application},${port},,${isoTime(start)},`;
    return ({ time, action, reason, end }) =>
      `${isoTime(time)},${action},${reason},${middle}${end === undefined ? '' : isoTime(end)}`;
  },

  status(session) {
    const middle = `,,${who(session)},,${session.place.country},,,${session.device.hostname},${isoTime(session.authenticated)},`;
    return ({ time, status, end }) => `${isoTime(time)},${status}${middle}${end === undefined ? '' : isoTime(end)}`;
  },
};

const who = ({ user, place, id }: Session): string => `${user},${place.ip},${id}`;
