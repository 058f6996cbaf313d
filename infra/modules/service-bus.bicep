// Service Bus as adapters/service-bus uses it: the queues and topics of topology.json.
import { roles } from 'roles.bicep'
import { developerType, networkType, queueType, topicType } from 'types.bicep'

param token string
param location string
param tags object
param principalId string
param workspaceId string
param endpoints networkType?
param developer developerType?

param queues queueType[]
param topics topicType[]

@description('Queues that start functions.')
param triggering string[]

@description('Messaging units of the tier Premium; 0 is Standard. An endpoint inside of a network needs Premium.')
param premiumUnits int

@description('Whoever takes what the app tells the ERP; empty for nobody.')
param erpPrincipalId string

var premium = premiumUnits > 0
var sku = premium ? 'Premium' : 'Standard'

resource namespace 'Microsoft.ServiceBus/namespaces@2024-01-01' = {
  name: 'sbns-arrears-${token}'
  location: location
  tags: tags
  sku: premium ? { name: sku, tier: sku, capacity: premiumUnits } : { name: sku, tier: sku }
  properties: {
    disableLocalAuth: true
    minimumTlsVersion: '1.2'
    publicNetworkAccess: endpoints == null ? 'Enabled' : 'Disabled'
  }
}

resource queueOf 'Microsoft.ServiceBus/namespaces/queues@2024-01-01' = [
  for item in queues: {
    parent: namespace
    name: item.name
    properties: {
      requiresSession: item.requiresSession
      lockDuration: 'PT${item.lockDurationSeconds}S'
      maxDeliveryCount: item.maxDeliveryCount
      defaultMessageTimeToLive: 'P${item.defaultTimeToLiveDays}D'
      deadLetteringOnMessageExpiration: item.deadLetteringOnMessageExpiration
      requiresDuplicateDetection: (item.?duplicateDetectionMinutes ?? 0) > 0
      duplicateDetectionHistoryTimeWindow: (item.?duplicateDetectionMinutes ?? 0) > 0
        ? 'PT${item.?duplicateDetectionMinutes}M'
        : null
      enableBatchedOperations: true
    }
  }
]

resource topicOf 'Microsoft.ServiceBus/namespaces/topics@2024-01-01' = [
  for item in topics: {
    parent: namespace
    name: item.name
    properties: {
      requiresDuplicateDetection: (item.?duplicateDetectionMinutes ?? 0) > 0
      duplicateDetectionHistoryTimeWindow: (item.?duplicateDetectionMinutes ?? 0) > 0
        ? 'PT${item.?duplicateDetectionMinutes}M'
        : null
      enableBatchedOperations: true
    }
  }
]

module subscriptions 'service-bus-subscriptions.bicep' = [
  for (item, index) in topics: {
    name: 'subscriptions-of-${item.name}'
    params: {
      namespace: namespace.name
      topic: topicOf[index].name
      subscriptions: item.subscriptions
      receivers: erpPrincipalId == '' ? [] : [erpPrincipalId]
    }
  }
]

// The app sends to every queue, and receives or peeks: health counts what waits.
var both = [roles.serviceBusDataSender, roles.serviceBusDataReceiver]
var onQueues = flatten(map(range(0, length(queues)), index => map(both, role => { index: index, role: role })))

resource queueRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for given in onQueues: {
    name: guid(namespace.id, queues[given.index].name, principalId, given.role)
    scope: queueOf[given.index]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', given.role)
    }
  }
]

resource topicRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (item, index) in topics: {
    name: guid(namespace.id, item.name, principalId, roles.serviceBusDataSender)
    scope: topicOf[index]
    properties: {
      principalId: principalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataSender)
    }
  }
]

// Queues that start no function of ours are there for the ERP.
resource erpRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for (item, index) in queues: if (erpPrincipalId != '' && !contains(triggering, item.name)) {
    name: guid(namespace.id, item.name, erpPrincipalId, roles.serviceBusDataReceiver)
    scope: queueOf[index]
    properties: {
      principalId: erpPrincipalId
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataReceiver)
    }
  }
]

resource developerRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for role in (developer == null ? [] : both): {
    name: guid(namespace.id, developer!.principalId, role)
    scope: namespace
    properties: {
      principalId: developer!.principalId
      principalType: developer!.principalType
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', role)
    }
  }
]

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'arrears'
  scope: namespace
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'OperationalLogs', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

module privateEndpoint 'private-endpoint.bicep' = if (endpoints != null) {
  name: 'service-bus-endpoint'
  params: {
    name: 'pe-${namespace.name}'
    location: location
    tags: tags
    serviceId: namespace.id
    group: 'namespace'
    zone: 'serviceBus'
    endpoints: endpoints!
  }
}

output id string = namespace.id

@description('Host name: what the endpoint says, without scheme and port.')
output hostName string = split(split(namespace.properties.serviceBusEndpoint, '//')[1], ':')[0]
