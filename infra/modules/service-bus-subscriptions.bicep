// The subscriptions of one topic, and who may receive from them.
import { roles } from 'roles.bicep'
import { subscriptionType } from 'types.bicep'

param namespace string
param topic string
param subscriptions subscriptionType[]
param receivers string[]

resource busNamespace 'Microsoft.ServiceBus/namespaces@2024-01-01' existing = {
  name: namespace

  resource busTopic 'topics' existing = { name: topic }
}

resource subscriptionOf 'Microsoft.ServiceBus/namespaces/topics/subscriptions@2024-01-01' = [
  for item in subscriptions: {
    parent: busNamespace::busTopic
    name: item.name
    properties: {
      lockDuration: 'PT${item.lockDurationSeconds}S'
      maxDeliveryCount: item.maxDeliveryCount
      defaultMessageTimeToLive: 'P${item.defaultTimeToLiveDays}D'
      deadLetteringOnMessageExpiration: item.deadLetteringOnMessageExpiration
      enableBatchedOperations: true
    }
  }
]

var given = flatten(map(
  range(0, length(subscriptions)),
  index => map(receivers, receiver => { index: index, receiver: receiver })
))

resource receiverRoles 'Microsoft.Authorization/roleAssignments@2022-04-01' = [
  for one in given: {
    name: guid(busNamespace::busTopic.id, subscriptions[one.index].name, one.receiver)
    scope: subscriptionOf[one.index]
    properties: {
      principalId: one.receiver
      principalType: 'ServicePrincipal'
      roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', roles.serviceBusDataReceiver)
    }
  }
]
