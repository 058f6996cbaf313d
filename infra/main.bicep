// Everything Arrears needs in one resource group: `azd up`, or `az deployment sub create`. Queues,
// topics and containers are those of topology.json; every connection is made with one identity, and
// no service takes keys.
import { developerType, modelType } from 'modules/types.bicep'

targetScope = 'subscription'

@description('Part of the names: dev, prod.')
@minLength(1)
@maxLength(24)
param environmentName string

@minLength(1)
param location string

@description('The application (client) id of the API in Entra ID: the audience of the tokens it takes.')
@minLength(1)
param audience string

@description('The tenant whose users sign in.')
param signInTenantId string = tenant().tenantId

@description('Origins of the web pages that may call the API from a browser, as https://collect.example.')
param corsOrigins string[] = []

@description('Calls that each caller may make, a second and instance.')
@minValue(1)
param callsPerSecond int = 50

@description('Instances that answer requests at once. They are paid for whether they work or not.')
@minValue(0)
param alwaysReadyHttp int = 0

@description('Instances that apply changes at once.')
@minValue(0)
param alwaysReadyChanges int = 0

@description('Instances at most, of each group of functions.')
@minValue(40)
@maxValue(1000)
param maximumInstances int = 40

@description('Megabytes of an instance.')
param instanceMemory 512 | 2048 | 4096 = 2048

@description('Most request units a second by container (autoscale); null is serverless.')
param cosmosThroughput { *: int }?

@description('The account of Cosmos DB, where it is another than the one made here: one that was restored.')
param cosmosAccountName string = ''

@description('A second region of Cosmos DB, for when the first is lost; empty for none.')
param cosmosSecondaryLocation string = ''
param cosmosZoneRedundant bool = false
param cosmosBackup 'Continuous7Days' | 'Continuous30Days' = 'Continuous7Days'

@description('Messaging units of Service Bus Premium; 0 is Standard, but Premium where the network is private.')
@minValue(0)
@maxValue(16)
param serviceBusPremiumUnits int = 0

@description('Puts the services behind endpoints in a network of their own. The API stays reachable.')
param privateNetwork bool = false

@description('Of that network: a /24 or larger.')
param networkAddressPrefix string = '10.42.0.0/24'

@description('The model that writes texts; null leaves them to templates.')
param textModel modelType?

@description('The object id of the ERP\'s identity, which takes commands and events; empty for none.')
param erpPrincipalId string = ''

@description('Somebody who may read and write data besides the app, as for the conformance tests.')
param developer developerType?

@minValue(30)
@maxValue(730)
param logRetentionDays int = 30

@description('Gigabytes of logs a day at most; -1 is no limit.')
param logDailyCapGigabytes int = -1

@description('Who is told of alerts and of the budget; empty for nobody.')
param alertEmail string = ''
param alertLagSeconds int = 300
param alertWaitingMessages int = 1000

@description('A month, in the currency of the subscription; 0 is no budget.')
@minValue(0)
param budgetAmount int = 0

@description('The first day of the month the budget is made in (2026-12-01); empty is no budget.')
param budgetStart string = ''

var topology = loadJsonContent('topology.json')
var triggering = ['changes']
var token = uniqueString(subscription().id, environmentName, location)
var tags = { 'azd-env-name': environmentName, application: 'arrears' }

resource group 'Microsoft.Resources/resourceGroups@2024-11-01' = {
  name: 'rg-arrears-${environmentName}'
  location: location
  tags: tags
}

module identity 'modules/identity.bicep' = {
  name: 'identity'
  scope: group
  params: { name: 'id-arrears-${token}', location: location, tags: tags }
}

module telemetry 'modules/telemetry.bicep' = {
  name: 'telemetry'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    retentionDays: logRetentionDays
    dailyCapGigabytes: logDailyCapGigabytes
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    addressPrefix: networkAddressPrefix
    zones: {
      blob: 'privatelink.blob.${environment().suffixes.storage}'
      table: 'privatelink.table.${environment().suffixes.storage}'
      cosmos: 'privatelink.documents.azure.com'
      serviceBus: 'privatelink.servicebus.windows.net'
      openAi: 'privatelink.openai.azure.com'
    }
  }
}

var endpoints = privateNetwork ? network!.outputs.endpoints : null

module storage 'modules/storage.bicep' = {
  name: 'storage'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    endpoints: endpoints
  }
}

module cosmos 'modules/cosmos.bicep' = {
  name: 'cosmos'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    endpoints: endpoints
    developer: developer
    accountName: cosmosAccountName
    database: topology.cosmos.database
    containers: topology.cosmos.containers
    throughput: cosmosThroughput
    secondaryLocation: cosmosSecondaryLocation
    zoneRedundant: cosmosZoneRedundant
    backup: cosmosBackup
  }
}

module serviceBus 'modules/service-bus.bicep' = {
  name: 'service-bus'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    endpoints: endpoints
    developer: developer
    queues: topology.serviceBus.queues
    topics: any(topology.serviceBus).?topics ?? []
    triggering: triggering
    premiumUnits: privateNetwork ? max(serviceBusPremiumUnits, 1) : serviceBusPremiumUnits
    erpPrincipalId: erpPrincipalId
  }
}

module openAi 'modules/openai.bicep' = if (textModel != null) {
  name: 'openai'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    principalId: identity.outputs.principalId
    workspaceId: telemetry.outputs.workspaceId
    endpoints: endpoints
    model: textModel!
  }
}

module app 'modules/function-app.bicep' = {
  name: 'function-app'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    identityId: identity.outputs.id
    clientId: identity.outputs.clientId
    storageName: storage.outputs.name
    packageUrl: storage.outputs.packageUrl
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    maximumInstances: maximumInstances
    instanceMemory: instanceMemory
    alwaysReady: union(
      alwaysReadyHttp > 0 ? { http: alwaysReadyHttp } : {},
      alwaysReadyChanges > 0 ? { 'function:apply-changes': alwaysReadyChanges } : {}
    )
    settings: union(
      {
        ServiceBusConnection__fullyQualifiedNamespace: serviceBus.outputs.hostName
        ServiceBusConnection__credential: 'managedidentity'
        ServiceBusConnection__clientId: identity.outputs.clientId
        CosmosConnection__accountEndpoint: cosmos.outputs.endpoint
        CosmosConnection__clientId: identity.outputs.clientId
        ARREARS_ISSUER: '${environment().authentication.loginEndpoint}${signInTenantId}/v2.0'
        ARREARS_AUDIENCE: audience
        ARREARS_CORS_ORIGINS: join(corsOrigins, ',')
        ARREARS_CALLS_PER_SECOND: string(callsPerSecond)
        AZURE_CLIENT_ID: identity.outputs.clientId
        APPLICATIONINSIGHTS_CONNECTION_STRING: telemetry.outputs.connectionString
        APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identity.outputs.clientId};Authorization=AAD'
      },
      textModel == null
        ? {}
        : {
            ARREARS_AI_ENDPOINT: openAi!.outputs.endpoint
            ARREARS_AI_DEPLOYMENT: openAi!.outputs.deployment
            ARREARS_AI_CLIENT_ID: identity.outputs.clientId
          }
    )
  }
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  scope: group
  params: {
    token: token
    location: location
    tags: tags
    workspaceId: telemetry.outputs.workspaceId
    serviceBusId: serviceBus.outputs.id
    cosmosId: cosmos.outputs.id
    email: alertEmail
    lagSecondsMax: alertLagSeconds
    waitingMessagesMax: alertWaitingMessages
    metrics: loadJsonContent('metrics.json')
  }
}

module budget 'modules/budget.bicep' = if (budgetAmount > 0 && budgetStart != '' && alertEmail != '') {
  name: 'budget'
  scope: group
  params: { amount: budgetAmount, start: budgetStart, email: alertEmail }
}

output resourceGroup string = group.name
output functionAppName string = app.outputs.name
output apiUrl string = app.outputs.url
output cosmosEndpoint string = cosmos.outputs.endpoint
output serviceBusHost string = serviceBus.outputs.hostName
