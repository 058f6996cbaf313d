// For work: always ready, autoscale in two regions, services in a network of their own, a model.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'prod')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param audience = readEnvironmentVariable('ARREARS_AUDIENCE')
param corsOrigins = filter(split(readEnvironmentVariable('ARREARS_CORS_ORIGINS', ''), ','), origin => origin != '')

param alwaysReadyHttp = 2
param alwaysReadyChanges = 1
param maximumInstances = 100

param cosmosThroughput = {
  customers: 10000
  'customer-lists': 10000
  'agent-activities': 2000
  reference: 1000
  feed: 4000
}
param cosmosSecondaryLocation = readEnvironmentVariable('ARREARS_SECONDARY_LOCATION', 'northeurope')
param cosmosZoneRedundant = true
param cosmosBackup = 'Continuous30Days'

param privateNetwork = true

param textModel = {
  name: 'gpt-5-mini'
  version: '2025-08-07'
  sku: 'DataZoneStandard'
  capacity: 50
}

param erpPrincipalId = readEnvironmentVariable('ARREARS_ERP_PRINCIPAL_ID', '')
param logRetentionDays = 90

param cosmosAccountName = readEnvironmentVariable('ARREARS_COSMOS_ACCOUNT', '')
param alertEmail = readEnvironmentVariable('ARREARS_ALERT_EMAIL')
param budgetAmount = 3000
param budgetStart = readEnvironmentVariable('ARREARS_BUDGET_START', '')
