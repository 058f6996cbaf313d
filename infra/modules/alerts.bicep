// When somebody is told, and of what. docs/runbook.md says what to do then.

param token string
param location string
param tags object
param workspaceId string
param serviceBusId string
param cosmosId string

@description('Who is told; empty lets alerts fire without telling anybody.')
param email string

@description('Seconds from a change\'s time to its being applied.')
param lagSecondsMax int

@description('Messages waiting in one queue for a quarter of an hour.')
param waitingMessagesMax int

@description('Names of the metrics the app measures.')
param metrics { lagSeconds: string, quarantined: string, groundingFailures: string }

@description('Answers of 5xx, and throttled requests, in five minutes that are still no alarm.')
var failuresMax = 10
var throttledMax = 50

var logAlerts = [
  {
    name: 'quarantine'
    description: 'A change could not be applied and is in quarantine.'
    severity: 2
    query: 'AppMetrics | where Name == \'${metrics.quarantined}\' | summarize Value = sum(Sum) by bin(TimeGenerated, 5m)'
    threshold: 0
    window: 'PT5M'
  }
  {
    name: 'lag'
    description: 'Changes take long until they are applied.'
    severity: 2
    query: 'AppMetrics | where Name == \'${metrics.lagSeconds}\' | summarize Value = max(Max) by bin(TimeGenerated, 5m)'
    threshold: lagSecondsMax
    window: 'PT15M'
  }
  {
    name: 'grounding'
    description: 'Texts of the model said figures that are not in the facts; templates are shown instead.'
    severity: 3
    query: 'AppMetrics | where Name == \'${metrics.groundingFailures}\' | summarize Value = sum(Sum) by bin(TimeGenerated, 1h)'
    threshold: 5
    window: 'PT1H'
  }
  {
    name: 'server-errors'
    description: 'Requests are answered with 5xx.'
    severity: 1
    query: 'AppRequests | where toint(ResultCode) between (500 .. 599) | summarize Value = sum(ItemCount) by bin(TimeGenerated, 5m)'
    threshold: failuresMax
    window: 'PT5M'
  }
]

var metricAlerts = [
  {
    name: 'dead-letters'
    description: 'Messages are among the dead letters: GET /api/ops/dead-letters lists them.'
    severity: 2
    resource: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'DeadletteredMessages'
    aggregation: 'Maximum'
    dimension: { name: 'EntityName', values: ['*'] }
    threshold: 0
    window: 'PT5M'
  }
  {
    name: 'waiting'
    description: 'Messages wait in a queue and are not worked off.'
    severity: 2
    resource: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'ActiveMessages'
    aggregation: 'Minimum'
    dimension: { name: 'EntityName', values: ['*'] }
    threshold: waitingMessagesMax
    window: 'PT15M'
  }
  {
    name: 'bus-throttled'
    description: 'Service Bus refuses requests because there are too many.'
    severity: 2
    resource: serviceBusId
    namespace: 'Microsoft.ServiceBus/namespaces'
    metric: 'ThrottledRequests'
    aggregation: 'Total'
    dimension: null
    threshold: throttledMax
    window: 'PT5M'
  }
  {
    name: 'store-throttled'
    description: 'Cosmos DB refuses requests (429): more request units are asked for than there are.'
    severity: 2
    resource: cosmosId
    namespace: 'Microsoft.DocumentDB/databaseAccounts'
    metric: 'TotalRequests'
    aggregation: 'Count'
    dimension: { name: 'StatusCode', values: ['429'] }
    threshold: throttledMax
    window: 'PT5M'
  }
]

resource group 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-arrears-${token}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'arrears'
    enabled: true
    emailReceivers: email == '' ? [] : [{ name: 'operations', emailAddress: email, useCommonAlertSchema: true }]
  }
}

resource ofLogs 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [
  for alert in logAlerts: {
    name: 'alert-arrears-${alert.name}-${token}'
    location: location
    tags: tags
    properties: {
      displayName: 'Arrears: ${alert.name}'
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [workspaceId]
      evaluationFrequency: 'PT5M'
      windowSize: alert.window
      autoMitigate: true
      // The tables are made when the first row comes.
      skipQueryValidation: true
      criteria: {
        allOf: [
          {
            query: alert.query
            metricMeasureColumn: 'Value'
            timeAggregation: 'Maximum'
            operator: 'GreaterThan'
            threshold: alert.threshold
            failingPeriods: { numberOfEvaluationPeriods: 1, minFailingPeriodsToAlert: 1 }
          }
        ]
      }
      actions: { actionGroups: [group.id] }
    }
  }
]

resource ofMetrics 'Microsoft.Insights/metricAlerts@2018-03-01' = [
  for alert in metricAlerts: {
    name: 'alert-arrears-${alert.name}-${token}'
    location: 'global'
    tags: tags
    properties: {
      description: alert.description
      severity: alert.severity
      enabled: true
      scopes: [alert.resource]
      evaluationFrequency: 'PT5M'
      windowSize: alert.window
      autoMitigate: true
      criteria: {
        'odata.type': 'Microsoft.Azure.Monitor.MultipleResourceMultipleMetricCriteria'
        allOf: [
          {
            criterionType: 'StaticThresholdCriterion'
            name: alert.name
            metricNamespace: alert.namespace
            metricName: alert.metric
            timeAggregation: alert.aggregation
            operator: 'GreaterThan'
            threshold: alert.threshold
            dimensions: alert.dimension == null
              ? []
              : [{ name: alert.dimension!.name, operator: 'Include', values: alert.dimension!.values }]
          }
        ]
      }
      actions: [{ actionGroupId: group.id }]
    }
  }
]
