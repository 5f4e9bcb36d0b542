import { isoTime } from '../shared/time';
import type { Shape } from './shape';

const CUSTOMER = 'Alder Ltd';

/** The default JSON templates of the ZPA Log Streaming Service: User Activity with 69 keys, User Status with 32. */
export const lssJson: Shape = {
  header: '',

  activity({ session, id, application, port, start }) {
    const { place } = session;
    const at = (ms: number): string => isoTime(start + ms);
    const head =
      `","Customer": "${CUSTOMER}","SessionID": "${session.id}","ConnectionID": "${session.id},${id}",` +
      `"InternalReason": "`;
    const who =
      `","IPProtocol": 6,"DoubleEncryption": 0,"Username": "${session.user}","ServicePort": ${port},` +
      `"ClientPublicIP": "${place.ip}","ClientPrivateIP": "${place.privateIp}",` +
      `"ClientLatitude": ${place.latitude.toFixed(6)},"ClientLongitude": ${place.longitude.toFixed(6)},` +
      `"ClientCountryCode": "${place.country}","ClientZEN": "${place.edge}",` +
      `"Policy": "Allow ${application.split('.', 1)[0]}","Connector": "Berlin DC-1","ConnectorZEN": "EU-DE-9473",` +
      `"ConnectorIP": "10.20.0.11","ConnectorPort": ${30_000 + (start % 20_000)},"Host": "${application}",` +
      `"Application": "${application}","AppGroup": "Internal applications","Server": "0","ServerIP": "10.20.4.${(port % 250) + 1}",` +
      `"ServerPort": ${port},"PolicyProcessingTime": ${60 + (start % 40)},"ServerSetupTime": ${900 + (start % 700)},` +
      `"TimestampConnectionStart": "${at(0)}","TimestampConnectionEnd": "`;
    const setUp =
      `","TimestampCATx": "${at(1)}","TimestampCARx": "${at(2)}","TimestampAppLearnStart": "",` +
      `"TimestampZENFirstRxClient": "${at(21)}","TimestampZENFirstTxClient": "${at(48)}","TimestampZENLastRxClient": "`;
    const connector =
      `","TimestampConnectorZENSetupComplete": "${at(16)}",` +
      `"TimestampZENFirstRxConnector": "${at(44)}","TimestampZENFirstTxConnector": "${at(22)}","TimestampZENLastRxConnector": "`;
    const tail =
      `,"Idp": "Alder SSO","ClientToClient": "0","ClientCity": "${place.city}","MicroTenantID": "0","AppMicroTenantID": "0",` +
      '"PRAConnectionID": "","PRAConsoleType": "","PRAApprovalID": 0,"PRACapabilityPolicyID": 0,"PRACredentialPolicyID": 0,' +
      '"PRACredentialUserName": "","PRACredentialLoginType": "","PRAErrorStatus": "","PRAFileTransferList": "",' +
      '"PRARecordingStatus": "","PRASharedUsersList": "","PRASessionType": "","PRASharedMode": ""}';

    return ({ time, action, reason, end }) => {
      const last = isoTime(Math.max(start + 50, time - 340));
      const age = Math.floor((time - start) / 1000);
      const received = 1800 + age * 213;
      const sent = 5200 + age * 871;
      return (
        `{"LogTimestamp": "${ctime(time)}${head}${reason}","ConnectionStatus": "${action}${who}` +
        `${end === undefined ? '' : isoTime(end)}${setUp}${last}","TimestampZENLastTxClient": "${last}${connector}${last}",` +
        `"TimestampZENLastTxConnector": "${last}","ZENTotalBytesRxClient": ${received},"ZENBytesRxClient": ${received % 7919},` +
        `"ZENTotalBytesTxClient": ${sent},"ZENBytesTxClient": ${sent % 7919},"ZENTotalBytesRxConnector": ${sent},` +
        `"ZENBytesRxConnector": ${sent % 7919},"ZENTotalBytesTxConnector": ${received},"ZENBytesTxConnector": ${received % 7919}${tail}`
      );
    };
  },

  status({ user, id, place, device, authenticated }) {
    const head = `","Customer": "${CUSTOMER}","Username": "${user}","SessionID": "${id}","SessionStatus": "`;
    const who =
      `","Version": "4.6.0.216","ZEN": "${place.edge}","CertificateCN": "device-${device.hostname}.alder.example",` +
      `"PrivateIP": "${place.privateIp}","PublicIP": "${place.ip}","Latitude": ${place.latitude.toFixed(6)},` +
      `"Longitude": ${place.longitude.toFixed(6)},"CountryCode": "${place.country}",` +
      `"TimestampAuthentication": "${isoTime(authenticated)}","TimestampUnAuthentication": "`;
    const tail =
      `,"Idp": "Alder SSO","Hostname": "${device.hostname}","Platform": "${device.platform}",` +
      `"ClientType": "${device.clientType}","TrustedNetworks": [],"TrustedNetworksNames": [],` +
      (device.managed
        ? '"PosturesHit": ["disk-encrypted","firewall-on"],"PosturesMiss": []'
        : '"PosturesHit": [],"PosturesMiss": ["disk-encrypted","firewall-on"]') +
      ',"ZENLatitude": 50.110900,"ZENLongitude": 8.682100,' +
      `"ZENCountryCode": "DE","FQDNRegistered": "0","FQDNRegisteredError": "","City": "${place.city}","MicroTenantID": "0"}`;
    return ({ time, status, end }) => {
      const age = Math.floor((time - authenticated) / 1000);
      return (
        `{"LogTimestamp": "${ctime(time)}${head}${status}${who}${end === undefined ? '' : isoTime(end)}` +
        `","TotalBytesRx": ${4100 + age * 640},"TotalBytesTx": ${9700 + age * 2210}${tail}`
      );
    };
  },
};

/** `Mon Mar  2 08:15:03 2026`: how LSS writes LogTimestamp, in UTC, the day padded with a space. */
export function ctime(time: number): string {
  const text = new Date(time).toUTCString(); // Mon, 02 Mar 2026 08:15:03 GMT
  const day = text[5] === '0' ? ` ${text[6]}` : text.slice(5, 7);
  return `${text.slice(0, 3)} ${text.slice(8, 11)} ${day} ${text.slice(17, 25)} ${text.slice(12, 16)}`;
}
