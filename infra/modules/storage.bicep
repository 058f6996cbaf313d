// What the Functions host keeps: locks of timers, its own keys, and the package that is deployed. No
// data of the app.
import { roles } from 'roles.bicep'
import { networkType } from 'types.bicep'

param token string
param location string
param tags object
param principalId string
param workspaceId string
param endpoints networkType?

var packageContainer = 'package'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: 'star${token}'
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: { name: 'Standard_LRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    publicNetworkAccess: endpoints == null ? 'Enabled' : 'Disabled'
    networkAcls: {
      defaultAction: endpoints == null ? 'Allow' : 'Deny'
      bypass: 'None'
    }
  }

  resource blobs 'blobServices' = {
    name: 'default'
    properties: {
      deleteRetentionPolicy: { enabled: true, days: 7 }
    }

    resource package 'containers' = {
      name: packageContainer
      properties: { publicAccess: 'None' }
    }
  }
}

// Blobs for locks, keys and the package, tables for what the host notes of its own failures. Queues
// are for blob triggers only, of which there are none.
var given = [roles.storageBlobDataOwner, roles.storageTableDataContributor]

resource assignments 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in given: {
    name: guid(account.id, principalId, role)
    scope: account
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'arrears'
  scope: account::blobs
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'StorageDelete', enabled: true }]
    metrics: [{ category: 'Transaction', enabled: true }]
  }
}

module privateEndpoints 'private-endpoint.bicep' = [
  for group in (endpoints == null ? [] : ['blob', 'table']): {
    name: 'storage-${group}-endpoint'
    params: {
      name: 'pe-${account.name}-${group}'
      location: location
      tags: tags
      serviceId: account.id
      group: group
      zone: group
      endpoints: endpoints!
    }
  }
]

output name string = account.name
output packageUrl string = '${account.properties.primaryEndpoints.blob}${packageContainer}'
