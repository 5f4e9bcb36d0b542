import { isoTime } from '../shared/time';
import { office } from './cast';
import { ctime } from './lss-json';
import type { Line } from './visit';

/** What else streams into the same file: records that tell nothing about a user's presence. */

/** An App Connector reports itself. It has a session, a status and a public address, but no user. */
export function connectorStatus(time: number, connector: string, sessionId: string, startedAt: number): Line {
  const { ip, edge } = office('berlin', 0);
  return {
    time,
    text:
      `{"LogTimestamp": "${ctime(time)}","Customer": "Alder Ltd","SessionID": "${sessionId}","SessionType": "ZPN_ASSISTANT_BROKER_CONTROL",` +
      `"SessionStatus": "ZPN_STATUS_AUTHENTICATED","Version": "24.78.1","Platform": "el9","ZEN": "${edge}","Connector": "${connector}",` +
      `"ConnectorGroup": "Berlin DC","PrivateIP": "10.20.0.11","PublicIP": "${ip}","Latitude": 52.520000,"Longitude": 13.405000,` +
      `"CountryCode": "DE","TimestampAuthentication": "${isoTime(startedAt)}","TimestampUnAuthentication": "","CPUUtilization": 4,` +
      '"MemUtilization": 21,"ServiceCount": 38,"InterfaceDefRoute": "eth0","DefRouteGW": "10.20.0.1","PrimaryDNSResolver": "10.20.0.53",' +
      '"HostStartTime": "1767254400","ConnectorStartTime": "1767254460","NumOfInterfaces": 2,"BytesRxInterface": 48213377,' +
      '"PacketsRxInterface": 91822,"ErrorsRxInterface": 0,"DiscardsRxInterface": 0,"BytesTxInterface": 39772101,"PacketsTxInterface": 88790,' +
      '"ErrorsTxInterface": 0,"DiscardsTxInterface": 0,"TotalBytesRx": 51223880,"TotalBytesTx": 49110274}',
  };
}

/** An administrator changes something. `User` is the administrator, at no known address. */
export function audit(time: number, object: string, sessionId: string): Line {
  return {
    time,
    text:
      `{"ModifiedTime": "${isoTime(time)}","CreationTime": "${isoTime(time)}","ModifiedBy": 72058304855015424,` +
      `"RequestID": "11ab59a0-7f0a-4b6e-9a3c-${(time % 0x1_0000_0000).toString(16).padStart(12, '0')}","SessionID": "${sessionId}",` +
      `"AuditOldValue": "","AuditNewValue": "{\\"name\\":\\"${object}\\",\\"enabled\\":true}","AuditOperationType": "Update",` +
      `"ObjectType": "Application","ObjectName": "${object}","ObjectID": 72058304855047000,"CustomerID": 72058304855015424,` +
      '"User": "admin@alder.example","ClientAuditUpdate": 0}',
  };
}
