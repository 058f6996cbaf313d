// Shows the OpenAPI document on the page; nothing is asked of anybody but this app.
window.SwaggerUIBundle({
  dom_id: '#api',
  url: '/api/openapi.json',
  deepLinking: true,
  defaultModelsExpandDepth: 0,
  // The library's badge would ask a server of its makers.
  validatorUrl: null,
});
