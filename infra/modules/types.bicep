// What topology.json says of queues, topics and containers, as Bicep sees it: a property that is
// missing here makes `bicep lint` complain, so that nothing of it is left out by mistake.

@export()
type queueType = {
  name: string
  requiresSession: bool
  lockDurationSeconds: int
  maxDeliveryCount: int
  defaultTimeToLiveDays: int
  deadLetteringOnMessageExpiration: bool

  @description('What the app keeps to. Standard allows 256 and has no setting for it.')
  maxMessageKilobytes: int

  @description('How long a message id is remembered; 0 is not at all.')
  duplicateDetectionMinutes: int?
}

@export()
type subscriptionType = {
  name: string
  lockDurationSeconds: int
  maxDeliveryCount: int
  defaultTimeToLiveDays: int
  deadLetteringOnMessageExpiration: bool
}

@export()
type topicType = {
  name: string
  maxMessageKilobytes: int
  duplicateDetectionMinutes: int?
  subscriptions: subscriptionType[]
}

@export()
type containerType = {
  name: string
  partitionKeyPath: string

  @description('As Cosmos DB spells it.')
  indexingPolicy: object
}

@export()
@description('A model of Azure OpenAI, and how many thousand tokens a minute it is given.')
type modelType = {
  name: string
  version: string
  sku: 'DataZoneStandard' | 'GlobalStandard' | 'Standard'
  capacity: int
}

@export()
@description('Where an endpoint of a service inside of the network goes; null leaves the service public.')
type networkType = {
  subnetId: string
  zoneIds: { *: string }
}

@export()
@description('Somebody besides the app who may use data: a developer, or a runner of the conformance tests.')
type developerType = {
  principalId: string
  principalType: 'User' | 'Group' | 'ServicePrincipal'
}
