// The function app on Flex Consumption: the bundle, and the settings adapters/config.ts reads.

param token string
param location string
param tags object

@description('The identity: its resource id, and its client id.')
param identityId string
param clientId string

@description('Of the storage account, and of the container of the package in it.')
param storageName string
param packageUrl string

@description('The way into the network; empty where there is none.')
param subnetId string

param maximumInstances int
param instanceMemory 512 | 2048 | 4096

@description('Instances that are always there, by group (http) or function (function:apply-changes).')
param alwaysReady { *: int }

@description('Settings of the app, by name.')
param settings { *: string }

resource plan 'Microsoft.Web/serverfarms@2024-11-01' = {
  name: 'plan-arrears-${token}'
  location: location
  tags: tags
  kind: 'functionapp'
  sku: { name: 'FC1', tier: 'FlexConsumption' }
  properties: { reserved: true }
}

resource app 'Microsoft.Web/sites@2024-11-01' = {
  name: 'func-arrears-${token}'
  location: location
  tags: union(tags, { 'azd-service-name': 'api' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: { '${identityId}': {} }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // The API is reached by front ends and the ERP; who they are the app checks itself.
    publicNetworkAccess: 'Enabled'
    virtualNetworkSubnetId: subnetId == '' ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      scmMinTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      runtime: { name: 'node', version: '24' }
      scaleAndConcurrency: {
        maximumInstanceCount: maximumInstances
        instanceMemoryMB: instanceMemory
        alwaysReady: [for group in items(alwaysReady): { name: group.key, instanceCount: group.value }]
      }
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: identityId
          }
        }
      }
    }
  }

  resource configuration 'config' = {
    name: 'appsettings'
    properties: union(
      {
        AzureWebJobsStorage__accountName: storageName
        AzureWebJobsStorage__credential: 'managedidentity'
        AzureWebJobsStorage__clientId: clientId
      },
      settings
    )
  }

  // Publishing by user and password is off; packages come by token.
  resource ftp 'basicPublishingCredentialsPolicies' = {
    name: 'ftp'
    properties: { allow: false }
  }

  resource scm 'basicPublishingCredentialsPolicies' = {
    name: 'scm'
    properties: { allow: false }
  }
}

output id string = app.id
output name string = app.name
output url string = 'https://${app.properties.defaultHostName}'
