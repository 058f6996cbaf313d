// Where traces, metrics and logs go. Both take them from identities only.
import { roles } from 'roles.bicep'

param token string
param location string
param tags object
param principalId string
param retentionDays int

@description('Gigabytes a day after which nothing more is taken until the next; -1 is no limit.')
param dailyCapGigabytes int

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' = {
  name: 'log-arrears-${token}'
  location: location
  tags: tags
  properties: {
    sku: { name: 'PerGB2018' }
    retentionInDays: retentionDays
    features: { disableLocalAuth: true }
    workspaceCapping: { dailyQuotaGb: dailyCapGigabytes }
  }
}

resource insights 'Microsoft.Insights/components@2020-02-02' = {
  name: 'appi-arrears-${token}'
  location: location
  tags: tags
  kind: 'web'
  properties: {
    Application_Type: 'web'
    WorkspaceResourceId: workspace.id
    DisableLocalAuth: true
  }
}

resource publisher 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(insights.id, principalId, roles.monitoringMetricsPublisher)
  scope: insights
  properties: {
    principalId: principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId(
      'Microsoft.Authorization/roleDefinitions',
      roles.monitoringMetricsPublisher
    )
  }
}

output workspaceId string = workspace.id

@description('Says where to send; without a token of the identity nothing is taken there.')
output connectionString string = insights.properties.ConnectionString
