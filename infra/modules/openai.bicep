// Azure OpenAI with one model: writes summaries and drafts, where it is wanted.
import { roles } from 'roles.bicep'
import { modelType, networkType } from 'types.bicep'

param token string
param location string
param tags object
param principalId string
param workspaceId string
param endpoints networkType?
param model modelType

resource account 'Microsoft.CognitiveServices/accounts@2025-06-01' = {
  name: 'oai-arrears-${token}'
  location: location
  tags: tags
  kind: 'OpenAI'
  sku: { name: 'S0' }
  properties: {
    // Tokens of an identity are taken at a name of its own only.
    customSubDomainName: 'oai-arrears-${token}'
    disableLocalAuth: true
    publicNetworkAccess: endpoints == null ? 'Enabled' : 'Disabled'
    networkAcls: { defaultAction: endpoints == null ? 'Allow' : 'Deny' }
  }

  resource deployment 'deployments' = {
    name: 'text'
    sku: { name: model.sku, capacity: model.capacity }
    properties: {
      model: { format: 'OpenAI', name: model.name, version: model.version }
      // What is tested is what is asked, until somebody chooses another.
      versionUpgradeOption: 'NoAutoUpgrade'
    }
  }
}

resource user 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(account.id, principalId, roles.openAiUser)
  scope: account
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.openAiUser)
  }
}

resource diagnostics 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'arrears'
  scope: account
  properties: {
    workspaceId: workspaceId
    logs: [{ category: 'Audit', enabled: true }]
    metrics: [{ category: 'AllMetrics', enabled: true }]
  }
}

module privateEndpoint 'private-endpoint.bicep' = if (endpoints != null) {
  name: 'openai-endpoint'
  params: {
    name: 'pe-${account.name}'
    location: location
    tags: tags
    serviceId: account.id
    group: 'account'
    zone: 'openAi'
    endpoints: endpoints!
  }
}

output endpoint string = account.properties.endpoint
output deployment string = account::deployment.name
