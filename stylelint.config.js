export default {
  extends: ["stylelint-config-standard"],
  rules: {
    "custom-property-empty-line-before": null,
    "declaration-empty-line-before": null,
    "no-descending-specificity": null,
  },
};
