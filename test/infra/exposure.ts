// What is exposed about a resource: keys that are taken, old protocols, public endpoints. Every type
// is in the table, so that a new one is looked at before it is deployed.
import type { Resource } from './deployed.ts';

/** What a resource of a type must say of itself, by path of its properties. */
type Demand = Readonly<Record<string, unknown>>;

/** Nothing of these can be signed in to. */
const WITHOUT_SIGN_IN: Demand = {};
const NO_PUBLISHING: Demand = { allow: false };

const DEMANDS: Readonly<Record<string, Demand>> = {
  'Microsoft.Storage/storageAccounts': {
    allowSharedKeyAccess: false,
    allowBlobPublicAccess: false,
    supportsHttpsTrafficOnly: true,
    minimumTlsVersion: 'TLS1_2',
  },
  'Microsoft.DocumentDB/databaseAccounts': {
    disableLocalAuth: true,
    disableKeyBasedMetadataWriteAccess: true,
    minimalTlsVersion: 'Tls12',
  },
  'Microsoft.ServiceBus/namespaces': { disableLocalAuth: true, minimumTlsVersion: '1.2' },
  // Takes no lower one, and has no setting for it.
  'Microsoft.CognitiveServices/accounts': { disableLocalAuth: true },
  'Microsoft.OperationalInsights/workspaces': { 'features.disableLocalAuth': true },
  'Microsoft.Insights/components': { DisableLocalAuth: true },
  'Microsoft.Web/sites': {
    httpsOnly: true,
    'siteConfig.minTlsVersion': '1.2',
    'siteConfig.scmMinTlsVersion': '1.2',
    'siteConfig.ftpsState': 'Disabled',
  },
  'Microsoft.Web/sites/basicPublishingCredentialsPolicies': NO_PUBLISHING,
  'Microsoft.Storage/storageAccounts/blobServices/containers': { publicAccess: 'None' },
  'Microsoft.Resources/resourceGroups': WITHOUT_SIGN_IN,
  'Microsoft.ManagedIdentity/userAssignedIdentities': WITHOUT_SIGN_IN,
  'Microsoft.Authorization/roleAssignments': WITHOUT_SIGN_IN,
  'Microsoft.Storage/storageAccounts/blobServices': WITHOUT_SIGN_IN,
  'Microsoft.Insights/diagnosticSettings': WITHOUT_SIGN_IN,
  'Microsoft.Insights/actionGroups': WITHOUT_SIGN_IN,
  'Microsoft.Insights/scheduledQueryRules': WITHOUT_SIGN_IN,
  'Microsoft.Insights/metricAlerts': WITHOUT_SIGN_IN,
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases': WITHOUT_SIGN_IN,
  'Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers': WITHOUT_SIGN_IN,
  'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments': WITHOUT_SIGN_IN,
  'Microsoft.ServiceBus/namespaces/queues': WITHOUT_SIGN_IN,
  'Microsoft.ServiceBus/namespaces/topics': WITHOUT_SIGN_IN,
  'Microsoft.ServiceBus/namespaces/topics/subscriptions': WITHOUT_SIGN_IN,
  'Microsoft.CognitiveServices/accounts/deployments': WITHOUT_SIGN_IN,
  'Microsoft.Web/serverfarms': WITHOUT_SIGN_IN,
  'Microsoft.Web/sites/config': WITHOUT_SIGN_IN,
  'Microsoft.Consumption/budgets': WITHOUT_SIGN_IN,
  'Microsoft.Network/virtualNetworks': WITHOUT_SIGN_IN,
  'Microsoft.Network/privateDnsZones': WITHOUT_SIGN_IN,
  'Microsoft.Network/privateDnsZones/virtualNetworkLinks': WITHOUT_SIGN_IN,
  'Microsoft.Network/privateEndpoints': WITHOUT_SIGN_IN,
  'Microsoft.Network/privateEndpoints/privateDnsZoneGroups': WITHOUT_SIGN_IN,
};

/** Asked of a service when deploying, or written down: either way somebody could read it. */
const SECRETS =
  /\blist\w*\(|accountkey|sharedaccess|connectionstring=|password|\bsig=|instrumentationkey/i;

/** What is exposed, as sentences. */
export function exposure(resources: readonly Resource[]): string[] {
  return resources.flatMap((resource) => {
    const demand = DEMANDS[resource.type];
    if (demand === undefined) return [`${resource.type} is not in the table of demands`];
    const said = Object.entries(demand)
      .filter(([path, wanted]) => valueAt(resource.properties, path) !== wanted)
      .map(
        ([path]) => `${resource.type}: ${path} is ${String(valueAt(resource.properties, path))}`,
      );
    const secret = SECRETS.exec(JSON.stringify(resource))?.[0];
    return secret === undefined ? said : [...said, `${resource.type} says ${secret}`];
  });
}

/** Services that anybody can reach, by type: all of those that hold data can be closed. */
export function publicServices(resources: readonly Resource[]): string[] {
  return resources
    .filter(({ properties }) => properties['publicNetworkAccess'] === 'Enabled')
    .map(({ type }) => type);
}

function valueAt(properties: Readonly<Record<string, unknown>>, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (value, key) => Object.getOwnPropertyDescriptor(Object(value), key)?.value,
      properties,
    );
}
