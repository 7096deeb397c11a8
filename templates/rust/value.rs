{{ value.doc }}
{%- if value.is_default %}
    #[default]
{%- endif %}
    {{ value.name }},
