// Cosmos DB as adapters/cosmos uses it: the containers of topology.json, which the app could not
// make itself.
import { cosmosDataContributor } from 'roles.bicep'
import { containerType, developerType, networkType } from 'types.bicep'

param token string
param location string
param tags object
param principalId string
param workspaceId string
param endpoints networkType?
param developer developerType?

@description('Empty for the one named after everything else here.')
param accountName string
param database string
param containers containerType[]

@description('Most request units a second by container, a tenth of it the least (autoscale); what is not named has 1000. Null is serverless: one region, paid by the request.')
param throughput { *: int }?

@description('A second region to read from and to fail over to; empty for none. Not with serverless.')
param secondaryLocation string

param zoneRedundant bool

@description('How far back every moment can be restored.')
param backup 'Continuous7Days' | 'Continuous30Days'

var throughputDefault = 1000
var locations = throughput == null || secondaryLocation == '' ? [location] : [location, secondaryLocation]

resource account 'Microsoft.DocumentDB/databaseAccounts@2024-11-15' = {
  name: accountName == '' ? 'cosmos-arrears-${token}' : accountName
  location: location
  tags: tags
  kind: 'GlobalDocumentDB'
  properties: {
    databaseAccountOfferType: 'Standard'
    capabilities: throughput == null ? [{ name: 'EnableServerless' }] : []
    // Tags guard every write; with one region to write to they hold.
    enableMultipleWriteLocations: false
    enableAutomaticFailover: length(locations) > 1
    locations: [
      for (name, index) in locations: {
        locationName: name
        failoverPriority: index
        isZoneRedundant: zoneRedundant
      }
    ]
    consistencyPolicy: { defaultConsistencyLevel: 'Session' }
    backupPolicy: {
      type: 'Continuous'
      continuousModeProperties: { tier: backup }
    }
    disableLocalAuth: true
    disableKeyBasedMetadataWriteAccess: true
    minimalTlsVersion: 'Tls12'
    publicNetworkAccess: endpoints == null ? 'Enabled' : 'Disabled'
  }

  resource store 'sqlDatabases' = {
    name: database
    properties: {
      resource: { id: database }
    }

    @batchSize(2)
    resource collections 'containers' = [
      for item in containers: {
        name: item.name
        properties: {
          resource: {
            id: item.name
            partitionKey: { paths: [item.partitionKeyPath], kind: 'Hash', version: 2 }
            indexingPolicy: item.indexingPolicy
          }
          options: throughput == null
            ? {}
            : {
                autoscaleSettings: {
                  maxThroughput: throughput[?item.name] ?? throughputDefault
                }
              }
        }
      }
    ]
  }
}

var principals = concat([principalId], developer == null ? [] : [developer!.principalId])

resource assignments 'Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments@2024-11-15' = [
  for principal in principals: {
    parent: account
    name: guid(account.id, principal, cosmosDataContributor)
    properties: {
      principalId: principal
      roleDefinitionId: '${account.id}/sqlRoleDefinitions/${cosmosDataContributor}'
      scope: '${account.id}/dbs/${account::store.name}'
    }
  }
]

// Not DataPlaneRequests: a line for each request, and keys of customers in it.
resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'arrears'
  scope: account
  properties: {
    workspaceId: workspaceId
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      { category: 'ControlPlaneRequests', enabled: true }
      { category: 'PartitionKeyStatistics', enabled: true }
    ]
    metrics: [{ category: 'Requests', enabled: true }]
  }
}

module privateEndpoint 'private-endpoint.bicep' = if (endpoints != null) {
  name: 'cosmos-endpoint'
  params: {
    name: 'pe-${account.name}'
    location: location
    tags: tags
    serviceId: account.id
    group: 'Sql'
    zone: 'cosmos'
    endpoints: endpoints!
  }
}

output id string = account.id
output endpoint string = account.properties.documentEndpoint
