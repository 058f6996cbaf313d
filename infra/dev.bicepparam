// Little and cheap: serverless, no network of its own, texts from templates.
using 'main.bicep'

param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', 'dev')
param location = readEnvironmentVariable('AZURE_LOCATION', 'westeurope')
param audience = readEnvironmentVariable('ARREARS_AUDIENCE')
param corsOrigins = filter(split(readEnvironmentVariable('ARREARS_CORS_ORIGINS', ''), ','), origin => origin != '')

param cosmosThroughput = null

// Whoever works on it: `az ad signed-in-user show --query id`. Empty for nobody.
var developerId = readEnvironmentVariable('ARREARS_DEVELOPER_ID', '')
param developer = developerId == '' ? null : { principalId: developerId, principalType: 'User' }

param logDailyCapGigabytes = 1

param cosmosAccountName = readEnvironmentVariable('ARREARS_COSMOS_ACCOUNT', '')
param alertEmail = readEnvironmentVariable('ARREARS_ALERT_EMAIL', '')
param budgetAmount = 50
param budgetStart = readEnvironmentVariable('ARREARS_BUDGET_START', '')
